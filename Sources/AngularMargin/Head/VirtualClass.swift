/// One more class per sample, whose weights point along the sample itself: nothing is more similar.
///
/// Virtual Softmax (Chen, Deng and Shen, NeurIPS 2018): w_virt = ‖w_y‖ x/‖x‖, and its logit ‖w_y‖‖x‖. Among
/// cosines the logit is the scale ρ. The own class must beat it, so that its angle is drawn to 0; the loss is never
/// below ln 2, and the class is dropped in use.
public enum VirtualClass: String, Sendable, CaseIterable {
    /// Gradients flow through ‖w_y‖ and ‖x‖.
    case full
    /// w_virt is a constant: nothing flows to w_y through it. The feature's gradient is the same.
    case detached
}
