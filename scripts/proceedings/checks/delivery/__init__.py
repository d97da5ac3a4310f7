"""Rules on deliverables: the plan, the speeches, the agenda, the reviewers, the final print."""
