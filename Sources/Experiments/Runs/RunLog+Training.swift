import Training

extension RunLog {
    /// One line per training event.
    func write(_ event: TrainingEvent) throws {
        switch event {
        case .classUpdates(let inTiles, let obstacle):
            try write("class updates", ClassUpdates(inTiles: inTiles, obstacle: obstacle))
        case .began(let expected, let measured):
            try write("began", Began(expectedLoss: expected, measuredLoss: measured))
        case .stepped(let report, _):
            try write("step", report)
        case .evaluated(let step, let epoch, let name, let value, let isBest):
            try write("evaluated", Evaluated(step: step, epoch: epoch, name: name, value: value, isBest: isBest))
        case .outOfPatience(let measurements):
            try write("out of patience", OutOfPatience(measurements: measurements))
        case .saved(let path):
            try write("saved", Note(path: path, reason: nil))
        case .passedOver(let path, let reason):
            try write("passed over", Note(path: path, reason: reason))
        }
    }

    private struct ClassUpdates: Encodable {
        let inTiles: Bool
        let obstacle: String?
    }

    private struct Began: Encodable {
        let expectedLoss: Double?
        let measuredLoss: Double
    }

    private struct OutOfPatience: Encodable {
        let measurements: Int
    }

    private struct Evaluated: Encodable {
        let step: Int
        let epoch: Int
        let name: String
        let value: Double
        let isBest: Bool
    }

    private struct Note: Encodable {
        let path: String
        let reason: String?
    }
}
