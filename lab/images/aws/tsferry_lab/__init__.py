"""What the lab adds to moto: an AWS account in a box for tsferry.

moto answers the API calls and keeps the state. This package closes the gaps that matter to a migration: commands that
really run on a host, instances that really exist as containers, stacks that fail when they should. It is a fake: each
module says where it differs from AWS.
"""
