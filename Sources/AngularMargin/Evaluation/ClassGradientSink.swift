import Torch

/// Takes the gradient of a class matrix in parts, as a streamed evaluation finds them, so that no gradient of the
/// matrix's size ever exists.
///
/// Given to ``Head/evaluate(features:weights:bias:labels:sampleWeights:state:updatingState:path:classGradients:)``, it may
/// change the rows at once: nothing of the evaluation reads a row again after its gradient was handed over. The loss is
/// known to be finite by then: a softmax has been summed over all classes, and of one question per class everything
/// that a loss is made of has been looked at.
public protocol ClassGradientSink: AnyObject {
    /// Rows are about to be read; those that lag behind are to be brought up to date now.
    func willRead(_ rows: SelectedClasses) throws

    /// The gradient of some rows of the class matrix. Those that are never handed over have a gradient of zero.
    ///
    /// - Parameters:
    ///   - rows: each at most once in an evaluation.
    ///   - gradient: [rows, D], of the mean loss; its memory is used again for the next.
    func take(_ rows: SelectedClasses, gradient: Tensor) throws
}

/// Some rows of a class matrix.
public enum SelectedClasses: Sendable, Equatable {
    case range(Range<Int>)
    /// Each once.
    case list([Int])
}

extension SelectedClasses: RandomAccessCollection {
    public var startIndex: Int { 0 }

    public var endIndex: Int {
        switch self {
        case .range(let range): range.count
        case .list(let rows): rows.count
        }
    }

    public subscript(place: Int) -> Int {
        switch self {
        case .range(let range): range.lowerBound + place
        case .list(let rows): rows[place]
        }
    }
}

/// Passes on gradients of rows of a sample of the classes, under the classes' own numbers.
final class SampledClassSink: ClassGradientSink {
    private let classes: [Int]
    private let sink: any ClassGradientSink

    /// - Parameter classes: the class of each row of the sample.
    init(_ classes: [Int], _ sink: any ClassGradientSink) {
        self.classes = classes
        self.sink = sink
    }

    func willRead(_ rows: SelectedClasses) throws { try sink.willRead(numbered(rows)) }

    func take(_ rows: SelectedClasses, gradient: Tensor) throws { try sink.take(numbered(rows), gradient: gradient) }

    private func numbered(_ rows: SelectedClasses) -> SelectedClasses {
        switch rows {
        case .range(let range): .list(Array(classes[range]))
        case .list(let rows): .list(rows.map { classes[$0] })
        }
    }
}
