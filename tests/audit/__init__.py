"""The audit trail: nothing gets lost, and nothing is changed unseen."""
