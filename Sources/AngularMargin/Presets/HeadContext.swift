import Torch

/// What a preset may need to know besides its keys: the classes that margins and weights are named by.
public struct HeadContext: Sendable {
    /// The names of the classes, in the order of their labels.
    public var classNames: [String]?
    /// Margins of all classes, [C], instead of those set by name.
    public var classMargins: Tensor?
    /// Weights of all classes, [C], instead of those set by name.
    public var classWeights: Tensor?

    public init(classNames: [String]? = nil, classMargins: Tensor? = nil, classWeights: Tensor? = nil) {
        self.classNames = classNames
        self.classMargins = classMargins
        self.classWeights = classWeights
    }

    /// The label of a class.
    func label(of name: String, key: String) throws -> Int {
        guard let classNames else { throw HeadPresetError.classesUnknown(key: key) }
        guard let label = classNames.firstIndex(of: name) else {
            throw HeadPresetError.unknownClass(key: key, name: name, known: classNames)
        }
        return label
    }

    /// A number per class: `standard`, but for the classes named.
    func amounts(_ named: [String: Double], key: String, otherwise standard: Double) throws -> [Double] {
        guard let classNames else { throw HeadPresetError.classesUnknown(key: key) }
        var values = [Double](repeating: standard, count: classNames.count)
        for (name, value) in named { values[try label(of: name, key: key)] = value }
        return values
    }
}
