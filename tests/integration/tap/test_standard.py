"""The SDK's standard suite for taps, against the sandbox org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from singer_sdk.testing import SuiteConfig, get_tap_test_class
from tap_salesforce_taskwho.tap import TapSalesforceTaskWho

from tests.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 400
# filled in when the org runs; the suite makes a tap before that, to learn its streams
CONFIG = {
    "login_url": "http://127.0.0.1:1",
    "client_id": "not known yet",
    "client_secret": "not known yet",
}


@pytest.fixture(scope="module", autouse=True)
def org() -> Iterator[None]:
    with Sandbox(rows=ROWS) as sandbox:
        sandbox.hard_delete(3)
        sandbox.advance_clock(180)
        CONFIG.update(sandbox.settings())
        yield


def everything() -> dict[str, Any]:
    """The catalog with all streams selected: the suite tests no other."""
    catalog: dict[str, Any] = TapSalesforceTaskWho(validate_config=False).catalog_dict
    for stream in catalog["streams"]:
        for entry in stream["metadata"]:
            if not entry["breadcrumb"]:
                entry["metadata"]["selected"] = True
    return catalog


# the journal holds what other streams write into it, and nothing when it is asked alone
TestTapStandard = get_tap_test_class(
    TapSalesforceTaskWho,
    config=CONFIG,
    catalog=everything(),
    suite_config=SuiteConfig(ignore_no_records_for_streams=["sync_batches"]),
)
