"""Errors of requests. Refusals in Salesforce's words: rest_answers.py."""

from __future__ import annotations

from tap_salesforce_taskwho.errors.problem import ExitCode, Problem

_KEPT = "What was read is kept in the state."
_GO_ON = (
    "Run again when API calls are free (Salesforce counts the last 24 hours). The next run goes on "
    "where this one ended."
)

REQUEST_NOT_ALLOWED = Problem(
    code="request-not-allowed",
    what="A request was refused before it was sent: {request} is not among the reads of this tap.",
    fix="If no setting explains it, report it.",
    kept="Nothing was changed in Salesforce.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
QUERY_NOT_ALLOWED = Problem(
    code="query-not-allowed",
    what="A query was refused before it was sent: it does not have the form of this tap's queries.",
    why="This is a fault of the tap, not of your settings.",
    fix="Report it.",
    kept="Nothing was changed in Salesforce.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
CERTIFICATE_NOT_CHECKED = Problem(
    code="certificate-not-checked",
    what="A request was refused before it was sent: the server's certificate would not be checked.",
    fix="Set REQUESTS_CA_BUNDLE to the file of your company's certificates instead.",
    exit_code=ExitCode.FAILED,
    ends_run=True,
)
REDIRECTED = Problem(
    code="redirected",
    what="{host} answered with a redirect to {target}, and credentials are not sent on.",
    fix="Set login_url (and instance_url, if you set it) to your org's My Domain URL, such as "
    "https://yourcompany.my.salesforce.com.",
    exit_code=ExitCode.USER,
    ends_run=True,
)
REQUEST_REFUSED = Problem(
    code="request-refused",
    what="{request} failed: {cause}.",
    fix="{fix}",
    exit_code=ExitCode.USER,
)
RETRIES_EXHAUSTED = Problem(
    code="retries-exhausted",
    what="{request} failed {attempts} times in {seconds:,.0f} seconds, the last time because: "
    "{cause}.",
    fix="Run again to go on where this run ended. {fix}",
    kept=_KEPT,
    exit_code=ExitCode.FAILED,
)
ACTIVITIES_HIDDEN = Problem(
    code="activities-hidden",
    what="Salesforce shows no Task to the user that the tap logs in as, so no TaskWhoRelation "
    "either (INVALID_TYPE).",
    why="The user does not have the permission Access Activities.",
    fix="Give it Access Activities (Setup, the user's permission set or profile, System "
    "Permissions), and View All Data for complete results, then run again.",
    kept=_KEPT,
    exit_code=ExitCode.USER,
)
SHARED_ACTIVITIES_OFF = Problem(
    code="shared-activities-off",
    what="The org has no TaskWhoRelation (INVALID_TYPE), though the user that the tap logs in as "
    "may read Task.",
    why="Shared Activities is switched off.",
    fix="Switch on Shared Activities (Setup, Activity Settings, Allow Users to Relate Multiple "
    "Contacts to Tasks and Events), then run again. Salesforce does not let you switch it off "
    "later, and fills in older activities within 48 hours.",
    kept=_KEPT,
    exit_code=ExitCode.USER,
)
OBJECT_HIDDEN = Problem(
    code="object-hidden",
    what="Salesforce shows no {sobject} to the user that the tap logs in as (INVALID_TYPE).",
    why="The user may not read the object.",
    fix="Give it Read and View All Records of {sobject} (Setup, the user's permission set or "
    "profile, Object Settings), or deselect the stream, then run again.",
    kept=_KEPT,
    exit_code=ExitCode.USER,
)
ESSENTIAL_FIELD_HIDDEN = Problem(
    code="essential-field-hidden",
    what="The field {field} of {sobject} is hidden from the user that the tap logs in as.",
    why="The tap cannot read {sobject} without it.",
    fix="Give that user read access to {sobject}.{field} (Setup, the user's permission set or "
    "profile, Object Settings, {sobject}, Field Permissions), or raise api_version if it is an old "
    "one.",
    kept=_KEPT,
    exit_code=ExitCode.USER,
)
# the stream answers the next five; one that it cannot answer ends the run
QUERY_TIMED_OUT = Problem(
    code="query-timed-out",
    what="{request} failed: {cause}.",
    why="The tap asked for fewer rows, and even a single Id is too much.",
    fix="Run again. {fix}",
    kept=_KEPT,
    exit_code=ExitCode.FAILED,
)
QUERYALL_REFUSED = Problem(
    code="queryall-refused",
    what="{request} failed: {cause}.",
    fix="{fix}",
    exit_code=ExitCode.FAILED,
)
FIELD_HIDDEN = Problem(
    code="field-hidden",
    what="{request} failed: {cause}.",
    fix="{fix}",
    exit_code=ExitCode.USER,
)
TOO_MANY_DELETES = Problem(
    code="too-many-deletes",
    what="{request} failed: {cause}.",
    fix="{fix}",
    exit_code=ExitCode.FAILED,
)
DELETES_NOT_KEPT = Problem(
    code="deletes-not-kept",
    what="{request} failed: {cause}.",
    fix="{fix}",
    exit_code=ExitCode.FAILED,
)
DAILY_LIMIT_REACHED = Problem(
    code="daily-limit-reached",
    what="The org has no API call left (REQUEST_LIMIT_EXCEEDED).",
    fix=_GO_ON,
    kept=_KEPT,
    exit_code=ExitCode.QUOTA,
    ends_run=True,
)
ORG_QUOTA_REACHED = Problem(
    code="org-quota-reached",
    what="The org has used {used:,} of its {maximum:,} daily API calls{planned}.",
    why="api_quota_percent_total stops the tap at {percent} %.",
    fix=_GO_ON,
    kept=_KEPT,
    exit_code=ExitCode.QUOTA,
    ends_run=True,
)
RUN_QUOTA_REACHED = Problem(
    code="run-quota-reached",
    what="This run has made {used:,} of the org's {maximum:,} daily API calls{planned}.",
    why="api_quota_percent_run stops it at {percent} %.",
    fix="Run again: the next run goes on where this one ended, with a share of its own. Or raise "
    "api_quota_percent_run.",
    kept=_KEPT,
    exit_code=ExitCode.QUOTA,
    ends_run=True,
)
