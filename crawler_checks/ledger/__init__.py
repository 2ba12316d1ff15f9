"""The ledger: what earlier inspections found, so that today's can say what is new, fixed, back, waived or late."""
