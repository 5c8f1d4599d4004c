/// The order in which a tensor's dimensions lie in memory (`c10::MemoryFormat`).
public enum MemoryFormat: Int64, Sendable {
    /// Row by row: [N, C, H, W] as written.
    case contiguous = 0
    /// As the tensor at hand has it.
    case preserve = 1
    /// [N, C, H, W] stored as N, H, W, C: what convolutions on CPUs and tensor cores like best.
    case channelsLast = 2
}
