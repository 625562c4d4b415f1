"""A child's environment holds what programs need, and no secret."""

from __future__ import annotations

from taskwho.pipeline.plugins import environment

VARIABLES = {
    "PATH": "/usr/bin",
    "HOME": "/root",
    "LC_ALL": "C.UTF-8",
    "https_proxy": "http://proxy:3128",
    "REQUESTS_CA_BUNDLE": "/etc/ca.pem",
    "DATABASE_URL": "postgresql://u:p@h/d",
    "TAP_SALESFORCE_TASKWHO_CLIENT_SECRET": "s3cret",
    "AWS_SECRET_ACCESS_KEY": "s3cret",
    "PGPASSWORD": "s3cret",
    "PGSERVICEFILE": "/etc/services",
}


def test_it_holds_what_a_program_needs() -> None:
    assert environment.base(VARIABLES) == {
        "PATH": "/usr/bin",
        "HOME": "/root",
        "LC_ALL": "C.UTF-8",
        "https_proxy": "http://proxy:3128",
        "REQUESTS_CA_BUNDLE": "/etc/ca.pem",
    }


def test_the_loader_finds_its_database_as_libpq_does() -> None:
    assert environment.of_libpq(VARIABLES) == {
        "PGPASSWORD": "s3cret",
        "PGSERVICEFILE": "/etc/services",
    }
