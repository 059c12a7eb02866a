"""The resource types that a migration's stack may use, by the service that they belong to."""

from . import cdk, compute, identity, network, secret, storage, systems

PROVIDERS = {
    provider.type: provider
    for module in (cdk, compute, identity, network, secret, storage, systems)
    for provider in module.PROVIDERS
}
