"""Rules on what was delivered: the plan, the speeches, the agenda, the reviewers, the final print."""
