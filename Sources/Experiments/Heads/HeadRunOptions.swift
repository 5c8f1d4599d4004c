import AngularMargin

/// What `margin head` is told by `--set`.
struct HeadRunOptions {
    /// Of the preset, without its regulariser.
    private(set) var values: [String: HeadParameterValue] = [:]
    /// An output of its own, and no part of the loss.
    let regularizer: Regularizer?
    let updates: Bool
    let seed: Double?

    init(_ settings: [String], preset: HeadPreset) throws {
        var given: [String: HeadParameterValue] = [:]
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw HeadRunError(place: "--set \(setting)", message: "write key=value, such as m=0.2")
            }
            let key = String(parts[0])
            guard given[key] == nil else {
                throw HeadRunError(place: "--set \(setting)", message: "\(key) is set twice")
            }
            given[key] = HeadParameterValue(parsing: String(parts[1]))
        }
        switch given.removeValue(forKey: "update") {
        case nil: updates = false
        case .flag(let value): updates = value
        case let value?: throw HeadPresetError.wrongValue(key: "update", value: value, expected: "true or false")
        }
        switch given.removeValue(forKey: "seed") {
        case nil: seed = nil
        case .number(let value) where value >= 0 && value < 0x1p53 && value == value.rounded(): seed = value
        case let value?:
            throw HeadPresetError.wrongValue(key: "seed", value: value, expected: "a whole number from 0 to 2^53")
        }
        let arguments = try preset.arguments(given)
        // Refused here if it contradicts something, and then left out of the loss.
        regularizer = arguments.values["regularizer"].flatMap { Regularizer(rawValue: $0.description) }
        values = given
    }

    /// What the loss is made with.
    var valuesOfLoss: [String: HeadParameterValue] {
        values.filter { $0.key != "regularizer" && $0.key != "regularizer_weight" }
    }

    var text: String {
        values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
