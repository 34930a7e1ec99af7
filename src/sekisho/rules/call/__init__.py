"""Rules about calls: each turns what a guard objected to into a finding, with the page that a person reads."""
