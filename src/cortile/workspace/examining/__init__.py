"""S15: applications examined, with the rule beside the data; second signatures; decisions worked out again."""
