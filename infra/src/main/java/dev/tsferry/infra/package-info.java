/**
 * The CDK app: turns a migration plan into the CloudFormation stack of the migration host. It reads
 * the plan and nothing else, calls no AWS API, and publishes assets of no kind, so that it deploys
 * into an account that was never bootstrapped.
 */
package dev.tsferry.infra;
