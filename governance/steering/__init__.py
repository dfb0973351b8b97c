"""What plans, agreements, money and meetings have in common: computed, never written here."""
