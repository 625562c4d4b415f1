"""Errors of the login and of tokens. Refusals in Salesforce's words: login_answers.py."""

from __future__ import annotations

from tap_salesforce_taskwho.errors.problem import ExitCode, Problem

LOGIN_REFUSED = Problem(
    code="login-refused",
    what="{request} failed: {cause}.",
    fix="{fix}",
    exit_code=ExitCode.USER,
    ends_run=True,
)
PRIVATE_KEY_UNUSABLE = Problem(
    code="private-key-unusable",
    what="Setting private_key {defect}.",
    fix="Set it to the PEM text of an RSA key without passphrase (it begins with -----BEGIN "
    "PRIVATE KEY-----), or to the path of its file. `openssl pkey -in old.pem -out new.pem` "
    "removes a passphrase.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
# its value is not shown: it may be a key that lost its first line
PRIVATE_KEY_NOT_FOUND = Problem(
    code="private-key-not-found",
    what="Setting private_key is neither PEM text nor the path of a file that can be read.",
    fix="Set it to the key's text, which begins with -----BEGIN PRIVATE KEY-----, or to the path "
    "of its file. The user that runs the tap must be able to read the file.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
ACCESS_TOKEN_EXPIRED = Problem(
    code="access-token-expired",
    what="Salesforce refuses the access_token (INVALID_SESSION_ID).",
    why="It has expired, or somebody has revoked it.",
    fix="Set access_token to a new one. With another auth_flow, such as client_credentials or "
    "jwt_bearer, the tap gets new tokens by itself.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
TOKEN_UNUSABLE = Problem(
    code="token-unusable",
    what="The access token holds characters that no token has, such as a space or a line break.",
    fix="Set access_token again, without quotes or anything else around it.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
TOKEN_REFUSED_TWICE = Problem(
    code="token-refused-twice",
    what="{request} failed: Salesforce refused two tokens in a row that it had just issued "
    "(INVALID_SESSION_ID).",
    fix="Check the session settings of the app and the profile (time-out, IP addresses the session "
    "is locked to), and that instance_url and login_url belong to the same org.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
INSTANCE_URL_UNKNOWN = Problem(
    code="instance-url-unknown",
    what="The login to Salesforce worked, but the answer does not say where the org is.",
    fix="Set instance_url to your My Domain URL.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
HOST_NOT_SALESFORCE = Problem(
    code="host-not-salesforce",
    what="The org's address is {address}, which is not an https host of Salesforce, so the access "
    "token was not sent there.",
    fix="Check login_url and instance_url. They look like https://yourcompany.my.salesforce.com.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
