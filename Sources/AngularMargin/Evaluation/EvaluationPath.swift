/// How a head is computed.
public enum EvaluationPath: String, Sendable, CaseIterable {
    /// Streaming where that is served and there is something to gain, else by reference.
    case automatic
    /// As the definition reads, with all similarities and logits in memory; what others are measured by.
    case reference
    /// Through the classes in pieces, without logits; float32 on the CPU.
    case streaming

    /// Fewer logits than this are computed at once.
    static let worthStreaming = 1 << 14
}
