"""Training of every stage of the cascade: one trainer, and for each kind of stage a source of batches."""
