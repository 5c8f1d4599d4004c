import CTorch

/// Runs `body` without recording: no history, no memory kept for gradients.
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    try withGradientMode(false, body)
}

/// Runs `body` with recording, whatever the mode around it.
public func withGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    try withGradientMode(true, body)
}

/// Whether operations on this thread are recorded now.
public var isRecordingGradients: Bool { ct_gradient_mode() }

/// Runs `body` such that a NaN in a backward pass is an error that names the operator. Slow, and it
/// concerns every thread of the process.
public func withAnomalyDetection<Result>(_ body: () throws -> Result) rethrows -> Result {
    ct_set_anomaly_mode(true)
    defer { ct_set_anomaly_mode(false) }
    return try body()
}

private func withGradientMode<Result>(_ enabled: Bool, _ body: () throws -> Result) rethrows -> Result {
    let previous = ct_gradient_mode()
    ct_set_gradient_mode(enabled)
    defer { ct_set_gradient_mode(previous) }
    return try body()
}
