"""target-postgres that commits before it passes a STATE on."""
