"""This folder is the sample plan: a fictional council's tracker, and the people and audits that go with it."""
