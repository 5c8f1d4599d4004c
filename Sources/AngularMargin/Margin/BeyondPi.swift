/// What becomes of cos(θ + m) where θ + m exceeds π and the cosine would rise again.
public enum BeyondPi: String, Sendable, CaseIterable {
    /// Nothing: the target logit rises again beyond θ = π − m, and its slope changes sign.
    case none
    /// θ + m stops at π: the value stays −1, the slope is 0.
    case clamp
    /// cos θ − m sin m from θ = π − m on, with slope 1: falls all the way, with a jump down at the
    /// join (0.117 at m = 0.5). The fallback of the ArcFace paper.
    case arcface
    /// cos θ − 1 + cos m from θ = π − m on, with slope 1: falls all the way, without a jump. As wespeaker does.
    case wespeaker
    /// No margin where cos θ ≤ 0: jumps up to cos θ at θ = π/2. The "easy margin".
    case easy
}
