"""What the bench runs on: the machine, PostgreSQL, processes, virtual environments."""
