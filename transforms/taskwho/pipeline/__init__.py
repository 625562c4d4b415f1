"""One run from end to end: tap, loader, promotion, report."""
