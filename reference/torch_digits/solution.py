"""The right answers to the lab of tensors. Graded like a submission; never enters a room that runs student code."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

X = torch.tensor(np.load("digit_pictures.npy") / 16.0, dtype=torch.float32)
y = torch.tensor(np.load("digit_labels.npy").astype(np.int64))


def standardize(X):
    """X (m, n) with columns of mean 0 and standard deviation 1."""
    return (X - X.mean(dim=0)) / X.std(dim=0, correction=0)


def slopes(w, b, x, y):
    """The slopes of the mean of (w x + b - y)^2 over m points, by w and by b."""
    w = w.clone().requires_grad_()
    b = b.clone().requires_grad_()
    loss = ((w * x + b - y) ** 2).mean()
    return torch.autograd.grad(loss, (w, b))


torch.manual_seed(1)
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for step in range(200):
    optimizer.zero_grad()
    error = functional.cross_entropy(model(X), y)
    error.backward()
    optimizer.step()


def share_right(logits, labels):
    """The share of rows of logits (m, n) whose largest is where labels (m,) say."""
    return (logits.argmax(dim=1) == labels).float().mean()
