"""Rules about one definition: what its texts ask, hide, touch and claim."""
