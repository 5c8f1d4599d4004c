import FairnessAudit
import Foundation

/// A private model made from an experiment's table, and what was spent on that table so far.
public struct ModelRelease: Sendable {
    public let release: PrivateRelease
    /// With this release.
    public let spent: PrivacySpent
    /// What the ledger knew of before.
    public let earlierCount: Int
    public let warnings: [String]
}

extension AuditExperiment {
    /// Makes a private model with noise from the system's secure generator, notes it in the ledger and writes it.
    ///
    /// - Parameters:
    ///   - path: of the JSON file, which must not exist.
    ///   - ledger: the file that remembers releases.
    ///   - allowsLeaks: whether bounds and scalings inferred from the data are accepted.
    /// - Throws: ``/FairnessAudit/AuditError`` where the model would not be private.
    public func release(
        to path: String, ledger: String, allowsLeaks: Bool = false, report: (Stage) -> Void = { _ in }
    ) throws -> ModelRelease {
        let levels = try levels()
        guard levels.count == 1 else {
            throw AuditError("a release is made under one epsilon, and \(levels.count) are given; give one")
        }
        guard coefficients == nil else {
            throw AuditError("only a model that is fitted here can be released, since its sensitivity must be known")
        }
        let leaks =
            (task.clippingNorm == nil ? ["the clipping norm was inferred from the data"] : [])
            + (task.standardization == .fitted ? ["the scaling of columns was inferred from the data"] : [])
        guard allowsLeaks || leaks.isEmpty else {
            throw AuditError(
                "a clipping norm or a scaling inferred from the data leaks, so the model would not be private; "
                    + "give public numbers (--clip, --scaling)")
        }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw AuditError("\(path) exists; a released model is not written over. Choose another file")
        }
        try EmbeddingRun.checkWritable(path)
        let fitted = try fitted(report)
        guard let fit = fitted.fit, let bound = fitted.bound else { preconditionFailure("a release is fitted here") }
        var generator = SystemRandomNumberGenerator()
        let release = try PrivateRelease(
            fit, featureNames: fitted.model.featureNames, loss: loss, sensitivity: bound, privacy: levels[0],
            mechanism: mechanism, leaks: leaks, using: &generator)
        let book = ReleaseLedger(path: ledger)
        let fingerprint = try ReleaseLedger.fingerprint(of: table)
        let earlier = try book.entries(data: fingerprint)
        let entry = PrivacySpent.Entry(
            privacy: levels[0], mechanism: mechanism, noiseRatio: release.scale / bound.value)
        try book.record(entry, data: fingerprint)
        try JSONEncoder.legible.encode(release).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        return ModelRelease(
            release: release, spent: PrivacySpent(earlier + [entry]), earlierCount: earlier.count,
            warnings: fitted.prepared.warnings)
    }
}
