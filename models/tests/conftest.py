"""One thread for all tests: they are small, and other work may share the machine."""

import torch

torch.set_num_threads(1)
