"""Run Command's errors, by the names that the AWS SDKs know."""

from moto.core.exceptions import ServiceException


class InvalidInstanceId(ServiceException):
    code = "InvalidInstanceId"

    def __init__(self, instance_id: str):
        super().__init__(f"Instances [[{instance_id}]] not in a valid state for account")


class InvalidDocument(ServiceException):
    code = "InvalidDocument"


class InvalidParameters(ServiceException):
    code = "InvalidParameters"


class InvalidPluginName(ServiceException):
    code = "InvalidPluginName"


class InvalidCommandId(ServiceException):
    code = "InvalidCommandId"

    def __init__(self):
        super().__init__("")


class InvocationDoesNotExist(ServiceException):
    code = "InvocationDoesNotExist"

    def __init__(self):
        super().__init__("")


class InvalidFilterKey(ServiceException):
    code = "InvalidInstanceInformationFilterValue"


class ValidationException(ServiceException):
    code = "ValidationException"
