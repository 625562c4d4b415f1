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

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


class EdgeError(Exception):
    """A refusal before the API is reached: HTML, as Salesforce's edge writes it."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.body = f"<html><body><h1>{status} {text}</h1></body></html>".encode()


def at_row(soql: str, position: int, message: str) -> str:
    """Write an error about a query as Salesforce does: the query, a caret, the place, the text."""
    before = soql[:position]
    row = before.count("\n") + 1
    column = position - (before.rfind("\n") + 1) + 1
    near = soql[max(0, position - 40) : position + 40].replace("\n", " ")
    caret = " " * min(position, 40) + "^"
    return f"\n{near}\n{caret}\nERROR at Row:{row}:Column:{column}\n{message}"
