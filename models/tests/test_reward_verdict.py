"""What judges say of clips: a verdict with a gradient, a jury, and a critic that goes on learning."""

from pathlib import Path

import torch
from torch import Tensor

from video_diffusion.evaluate.oracle_batches import HeldOutClips, OracleBatches, ShardClips
from video_diffusion.evaluate.oracle_networks import Oracle, VolumeOracle
from video_diffusion.evaluate.world import FACTORS, VALUES, labels_of, oracle_input, steady_scenes, true_clip
from video_diffusion.papercut.shards import render_shard
from video_diffusion.reward.critic import Critic, CriticConfig
from video_diffusion.reward.verdict import disturbed, judge


class Certain(Oracle):
    """Names the same, whatever it sees."""

    def __init__(self, named: Tensor) -> None:
        super().__init__()
        self.named = named

    def forward(self, clips: Tensor) -> dict[str, Tensor]:
        logits = {}
        for i, factor in enumerate(FACTORS):
            logits[factor] = torch.full((len(clips), len(VALUES[factor]) + 1), -20.0)
            logits[factor][:, self.named[i]] = 20.0
        return logits


def test_a_verdict_counts_what_the_judge_names() -> None:
    scenes = [next(steady_scenes(seed, "any")) for seed in (11, 500)]
    clips = torch.stack([oracle_input(true_clip(scene)) for scene in scenes])
    labels = torch.stack([labels_of(scene) for scene in scenes])

    verdict = judge([Certain(labels[0])], clips, labels, torch.Generator().manual_seed(0))
    assert verdict.right[0].all() and verdict.wrong == [1] and verdict.loss > 1
    alone = judge([Certain(labels[0])], clips[:1], labels[:1], torch.Generator().manual_seed(0))
    assert alone.wrong == [] and alone.loss < 1e-3


def test_a_jury_is_content_when_every_judge_is() -> None:
    scene = next(steady_scenes(11, "any"))
    clips, labels = oracle_input(true_clip(scene))[None], labels_of(scene)[None]
    content, strict = Certain(labels[0]), Certain((labels[0] + 1) % 2)
    verdicts = [judge(jury, clips, labels, torch.Generator().manual_seed(0)) for jury in ([content], [content, strict])]
    assert verdicts[0].wrong == [] and verdicts[1].wrong == [0]
    assert verdicts[0].loss < 1e-3 and verdicts[1].loss > 1


def test_a_judge_sees_clips_moved_by_a_pixel_at_most() -> None:
    clips = torch.zeros(1, 16, 3, 24, 40)
    clips[..., 12, 20] = 100.0
    moved = disturbed(clips, torch.Generator().manual_seed(3))
    at = (moved[0, 0, 0] > 50).nonzero()
    assert moved.shape == clips.shape and len(at) == 1 and (at[0] - torch.tensor([12, 20])).abs().max() <= 1


def test_a_critic_learns_what_the_network_draws(tmp_path: Path) -> None:
    torch.manual_seed(2)
    render_shard(tmp_path, 0, clips=8)
    batches = OracleBatches(ShardClips(tmp_path), HeldOutClips(tmp_path, 4))
    critic = Critic(
        VolumeOracle(), batches, CriticConfig(true=4, drawn=4, kept=4, rate=2e-3), 1, tmp_path / "critic.pt"
    )
    scenes = [next(steady_scenes(seed, "any")) for seed in (11, 500, 900, 1300)]
    true = torch.stack([oracle_input(true_clip(scene)) for scene in scenes])
    labels = torch.stack([labels_of(scene) for scene in scenes])
    dark = torch.full_like(true, -0.9)
    critic.remember(dark)
    for _ in range(30):
        critic.learn()

    def misses(clips: Tensor) -> float:
        return critic.misses(clips, labels, torch.Generator().manual_seed(0)).item()

    assert misses(dark) > misses(true) + 0.5
    watched = dark.clone().requires_grad_(True)
    critic.misses(watched, labels, torch.Generator().manual_seed(0)).backward()
    assert watched.grad.abs().sum() > 0
    assert not any(parameter.requires_grad for parameter in critic.oracle.parameters())
    again = Critic(VolumeOracle(), batches, critic.config, 1, critic.path)
    assert again.step == critic.step == 30
    assert torch.equal(again.oracle.heads.factors["place"].weight, critic.oracle.heads.factors["place"].weight)
