"""The one transaction that brings landed rows into the user's tables."""
