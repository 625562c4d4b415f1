"""Deletes that no row of the relations shows: those listed as removed, those not seen."""
