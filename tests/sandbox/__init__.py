"""A Salesforce org on loopback. It refuses all that the real one is known to refuse."""

from tests.sandbox.sandbox import Sandbox

__all__ = ["Sandbox"]
