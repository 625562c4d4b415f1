"""The login: five OAuth flows, one token for all threads."""
