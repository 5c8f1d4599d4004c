import Datasets

/// What a recipe's model is for, and how it is measured.
public enum RecipeTask: String, Sendable, CaseIterable, Encodable {
    /// Whether two pictures show the same identity, of identities that training did not see.
    case verification
    /// Which of the classes of training a picture shows.
    case classification

    /// What the labels of pictures stand for.
    public var labels: String {
        switch self {
        case .verification: "identities"
        case .classification: "classes"
        }
    }

    /// What the sets must be able to carry.
    var purpose: SplitPurpose {
        switch self {
        case .verification: .verification
        case .classification: .classification
        }
    }
}
