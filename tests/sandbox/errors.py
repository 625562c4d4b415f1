"""What the org answers when it refuses."""

from __future__ import annotations


class OrgError(Exception):
    """An error of the REST API: a status and Salesforce's JSON array."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    @property
    def body(self) -> list[dict[str, str]]:
        """The array of one error."""
        return [{"message": self.message, "errorCode": self.code}]


class LoginError(Exception):
    """An error of the token endpoint: a JSON object."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}
