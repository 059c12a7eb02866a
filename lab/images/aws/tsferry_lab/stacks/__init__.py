"""CloudFormation whose stacks really come and go: an engine in place of moto's, and the resource types that it knows.

moto creates resources in any order, drops properties that it does not know, skips types that it does not know, has no
rollback, and reports deletions that did not happen. Templates, parameters, conditions, intrinsic functions and the API
around them remain moto's.
"""
