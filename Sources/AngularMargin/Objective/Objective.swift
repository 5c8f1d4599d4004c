import Torch

/// What is asked of a sample's logits: from a row of them to a loss.
public protocol Objective: Sendable {
    /// Which family it is of: what can be combined with it, and what an evaluation that keeps no logits must know.
    var kind: ObjectiveKind { get }

    /// What is added to the logits and learned with the weights.
    var bias: BiasKind { get }

    /// How many classes it was made for, where it tells them apart; `nil` for any number.
    var classCount: Int? { get }

    /// Whether the bias is subtracted from the logits instead.
    var subtractsBias: Bool { get }

    /// The value that a bias starts with.
    ///
    /// - Parameters:
    ///   - target: the logit of a sample's own class at θ = π/2, margin included.
    ///   - other: the logit of another class at θ = π/2.
    func initialBias(target: Double, other: Double, classCount: Int) -> Double

    /// Terms that add up to one loss per sample, each [B], from logits [B, C] with bias, and columns [B].
    ///
    /// - Parameters:
    ///   - columns: the own class's column of every sample; with ``ObjectiveKind/oneClass``, its label.
    func terms(_ logits: Tensor, columns: Tensor) throws -> [Term]

    /// The label of each sample as far as similarities [B, C] tell; `nil` for the most similar class.
    func predictions(_ similarities: Tensor) throws -> Tensor?
}

extension Objective {
    public var classCount: Int? { nil }
    public var subtractsBias: Bool { false }
    public func initialBias(target: Double, other: Double, classCount: Int) -> Double { 0 }
    public func predictions(_ similarities: Tensor) throws -> Tensor? { nil }

    /// One loss per sample, [B].
    public func losses(_ logits: Tensor, labels: Tensor) throws -> Tensor {
        let terms = try terms(logits, columns: labels)
        return try terms.dropFirst().reduce(terms[0].values) { try $0 + $1.values }
    }
}

/// A part of the samples' losses, [B].
public struct Term: Sendable {
    public let name: String
    public let values: Tensor

    public init(_ name: String, _ values: Tensor) {
        self.name = name
        self.values = values
    }
}

/// The families of objectives.
public enum ObjectiveKind: String, Sendable, CaseIterable {
    /// One class out of all: needs the sum of a row's exponentials.
    case softmax
    /// A yes-or-no question per class: a sum of functions of one logit each.
    case oneVersusAll
    /// Cosines against 1 and 0: a sum of functions of one cosine each.
    case regression
    /// One row of weights; labels 0 and 1 say whether a sample belongs to it.
    case oneClass
    /// The rows of two matrices belong together in pairs; there are no classes.
    case contrastive

    /// How many rows of weights there are for so many labels.
    func rowCount(classCount: Int) -> Int { self == .oneClass ? 1 : classCount }
}

/// The biases that an objective has.
public enum BiasKind: String, Sendable, CaseIterable {
    case none
    /// One number for all classes, [1].
    case shared
    /// One number per class, [C].
    case perClass

    /// `nil` where there is none.
    public func shape(classCount: Int) -> [Int]? {
        switch self {
        case .none: nil
        case .shared: [1]
        case .perClass: [classCount]
        }
    }
}
