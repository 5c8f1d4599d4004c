/// Why a head cannot be computed from what it was given.
public enum HeadError: Error, Equatable, CustomStringConvertible {
    case labelOutOfRange(row: Int, label: Int, classCount: Int)
    case entryOutOfRange(name: String, row: Int, magnitude: Double, limit: Double)
    case logitOutOfRange(row: Int, limit: Double)
    case missingBias(shape: [Int])
    case wrongShape(name: String, found: [Int], expected: String)
    case wrongType(name: String, found: String, expected: String)
    case amountCount(found: Int, classCount: Int)
    case classWeight(label: Int, value: Double)
    case objectiveClassCount(expected: Int, found: Int)
    case notPairs(row: Int, label: Int)
    case notStreamed
    case lossNotFinite
    case gradientsTaken
    case combination(String)

    public var description: String {
        switch self {
        case .labelOutOfRange(let row, let label, let classCount):
            "row \(row) has the label \(label); with \(classCount) classes, labels are 0 to \(classCount - 1)"
        case .entryOutOfRange(let name, let row, let magnitude, let limit):
            magnitude.isNaN
                ? "row \(row) of the \(name) has an entry that is not a number"
                : "row \(row) of the \(name) has an entry of magnitude \(magnitude); \(limit) is the largest allowed"
        case .logitOutOfRange(let row, let limit):
            "row \(row) has a logit that is no number or beyond ±\(limit); its features or the weights are too large"
        case .missingBias(let shape):
            "the objective has a bias, of the shape \(shape), and none was given"
        case .wrongShape(let name, let found, let expected):
            "the \(name) have the shape \(found) where \(expected) is wanted"
        case .wrongType(let name, let found, let expected):
            "the \(name) are \(found) where \(expected) are wanted"
        case .amountCount(let found, let classCount):
            "a margin has \(found) amounts for \(classCount) classes; one per class is wanted"
        case .classWeight(let label, let value):
            "the class of label \(label) has the weight \(value); weights are numbers from 0"
        case .objectiveClassCount(let expected, let found):
            "the objective has weights of \(expected) classes, and there are \(found)"
        case .notPairs(let row, let label):
            "row \(row) has the label \(label); a contrastive objective pairs row \(row) with row \(row)"
        case .notStreamed:
            "the streaming path is for float32 on the CPU, norms between 1e-10 and 1e6, and heads that compare all classes "
                + "by one number each: a softmax without η, or one question per class; use the reference path"
        case .lossNotFinite:
            "the loss is no number; the class weights are as they were"
        case .gradientsTaken:
            "the class weights' gradients were handed over as they were found: go back once, from the loss as it is"
        case .combination(let reason):
            reason
        }
    }
}
