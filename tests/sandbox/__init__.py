"""A Salesforce org on loopback: as strict as what is known of the real one."""

from tests.sandbox.sandbox import Sandbox

__all__ = ["Sandbox"]
