"""Times as text: kept in UTC, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from taskwho.pipeline.post_load import post_load

from tests.support import seed
from tests.support.postgresql import query
from tests.support.promoting import reasons
from tests.support.seed import relation

if TYPE_CHECKING:
    from taskwho.model.settings import PostLoadSettings


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2024-02-29T23:59:59.000Z", "2024-02-29 23:59:59"),
        ("2024-05-01T08:00:00.123Z", "2024-05-01 08:00:00.123"),
        ("2024-05-01T08:00:00Z", "2024-05-01 08:00:00"),
        ("2024-05-01T08:00:00.000+0000", "2024-05-01 08:00:00"),
        ("2024-05-01T08:00:00.000+05:30", "2024-05-01 02:30:00"),
        ("2024-05-01 08:00:00-08", "2024-05-01 16:00:00"),
        ("2024-05-01 08:00:00", "2024-05-01 08:00:00"),  # of the stock loader, which keeps UTC
        ("2024-05-01 08:00:00.123", "2024-05-01 08:00:00.123"),
        ("1999-12-31T23:00:00.000Z", "1999-12-31 23:00:00"),
    ],
)
def test_a_time_is_kept_in_utc(
    url: str, settings: PostLoadSettings, text: str, stored: str
) -> None:
    seed.land(url, [relation(1, CreatedDate=text)])
    post_load(url, settings)
    assert query(url, "select sf_created_date::text from sf_taskwhorelations") == [(stored,)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024-05-01",
        "2024-05-01T08:00:00.000",  # of which zone?
        "2024-13-01T08:00:00.000Z",
        "2023-02-29T08:00:00.000Z",
        "2024-05-01T24:00:00.000Z",  # PostgreSQL would take it for the next day
        "2024-05-01T08:00:60.000Z",  # and this for the next minute
        "2024-05-01T08:61:00.000Z",
        "0000-05-01T08:00:00.000Z",
        "1699-12-31T23:59:59.000Z",
        "4001-01-01T00:00:00.000Z",
        "-infinity",
        "epoch",
        "today",
        "allballs",
        "20240501T080000Z",
        "2024-05-01T08:00:00.000Z\n",
        "2024-05-01T08:00:00.000Z; select 1",
        "2024-1-01T008:00:00.000Z",
        "٢٠٢٤-05-01T08:00:00.000Z",
    ],
)
@pytest.mark.parametrize("field", ["CreatedDate", "SystemModstamp"])
def test_text_that_is_no_time_is_invalid(
    url: str, settings: PostLoadSettings, field: str, text: str
) -> None:
    seed.land(url, [relation(1, **{field: text}), relation(2)])
    result = post_load(url, settings)
    assert reasons(url) == {relation(1)["Id"]: ["invalid_value"]}
    assert result.counts.inserted == 1


@pytest.mark.parametrize("text", ["2024-05-01T08:00:00.000Z", "2024-05-01 08:00:00-08", "soon"])
def test_times_of_one_text_come_to_what_each_would_come_to(
    url: str, settings: PostLoadSettings, text: str
) -> None:
    stamps = ("CreatedDate", "LastModifiedDate", "SystemModstamp")
    seed.land(url, [relation(1, **dict.fromkeys(stamps, text)), relation(2, LastModifiedDate=text)])
    post_load(url, settings)
    told = query(url, "select error from taskwho.failed_relations order by salesforce_id")
    stored = query(
        url,
        "select sf_created_date = sf_last_modified_date, sf_created_date = sf_system_modstamp "
        "from sf_taskwhorelations order by salesforce_id limit 1",
    )
    if text == "soon":
        cannot = "cannot be stored as it is"
        assert told == [
            (f"invalid_value: {', '.join(stamps)} {cannot}",),
            (f"invalid_value: LastModifiedDate {cannot}",),
        ]
    else:
        assert (told, stored) == ([], [(True, True)])


@pytest.mark.parametrize("text", ["2024-05-02T08:00:00.000Z", "2024-05-02 08:00:00-08", "soon"])
def test_a_stamp_that_repeats_the_last_change_comes_to_what_that_comes_to(
    url: str, settings: PostLoadSettings, text: str
) -> None:
    changed = dict.fromkeys(("LastModifiedDate", "SystemModstamp"), text)
    seed.land(url, [relation(1, CreatedDate="2024-05-01T08:00:00.000Z", **changed)])
    post_load(url, settings)
    told = query(url, "select error from taskwho.failed_relations")
    stored = query(
        url,
        "select sf_created_date::text, sf_last_modified_date = sf_system_modstamp, "
        "sf_system_modstamp > sf_created_date from sf_taskwhorelations",
    )
    if text == "soon":
        cannot = "cannot be stored as it is"
        assert told == [(f"invalid_value: LastModifiedDate, SystemModstamp {cannot}",)]
    else:
        assert (told, stored) == ([], [("2024-05-01 08:00:00", True, True)])


@pytest.mark.parametrize(("hours", "fits"), [(23, True), (25, False)])
def test_a_stamp_may_be_ahead_by_a_day_at_most(
    url: str,
    settings: PostLoadSettings,
    hours: int,
    fits: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=hours)
    seed.land(url, [relation(1, SystemModstamp=f"{ahead:%Y-%m-%dT%H:%M:%S}.000Z")])
    assert post_load(url, settings).counts.inserted == int(fits)
