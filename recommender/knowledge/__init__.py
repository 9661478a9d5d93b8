"""The rule language: conditions in three-valued logic, rules, loading, checks and what stands beside the rules."""

from recommender.knowledge.loading import load_rules, shipped_rules
from recommender.knowledge.rulebase import RuleBase
from recommender.knowledge.rules import Rule

__all__ = ["Rule", "RuleBase", "load_rules", "shipped_rules"]
