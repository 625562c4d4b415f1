"""What precedes a run: the URL of its database, and a report where it cannot begin.

Nothing here imports a driver: a run starts its tap and its loader before it does.
"""
