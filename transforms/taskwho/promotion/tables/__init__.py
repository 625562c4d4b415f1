"""The user's tables: found, made where they are not there, checked."""
