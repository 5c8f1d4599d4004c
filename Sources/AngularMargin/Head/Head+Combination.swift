// What cannot be combined, and why.

extension Head {
    /// - Throws: ``HeadError/combination(_:)`` with the reason when two axes contradict each other.
    public func checkCombination() throws(HeadError) {
        try checkSimilarity()
        try checkObjective()
        if sampling != nil, statistics.allSatisfy({ $0.start[.seed] == nil }) {
            throw .combination("class sampling draws at random and needs HeadStatistic.random among the statistics")
        }
        if negligible > 0, streamedSummand == nil {
            throw .combination(
                "gradients are left out while classes are gone through, which is done for a softmax without η and for "
                    + "one question per class")
        }
    }

    private func checkSimilarity() throws(HeadError) {
        if subcenters != nil, regularizer != nil {
            throw .combination(
                "a regulariser pushes all directions apart, and the sub-centres of one class must be free to lie together"
            )
        }
        if subcenters != nil, virtualClass != nil, similarity == .innerProduct {
            throw .combination("a virtual class has the length of the class's weights, and sub-centres have several")
        }
        guard similarity == .innerProduct else { return }
        if target != nil || others != nil {
            throw .combination("margins are on angles, and inner products have none; use the cosine")
        }
        if case .constant = scale {
        } else {
            throw .combination("an inner product has the feature's norm in it; a scale by the norm is for cosines")
        }
        if weightConvention == .projected {
            throw .combination("the lengths of weights count in an inner product; they cannot be projected to 1")
        }
        if subcenters != nil {
            throw .combination("the nearest sub-centre is the one of the smallest angle; inner products have none")
        }
    }

    private func checkObjective() throws(HeadError) {
        let kind = objective.kind
        if virtualClass != nil, kind != .softmax {
            throw .combination(
                "a virtual class is one more competitor in a softmax; with \(kind.text) classes do not compete")
        }
        if case .all = negatives {
        } else {
            if others == nil {
                throw .combination("negatives are chosen for a margin η, and there is none on the other classes")
            }
            if kind == .oneClass || kind == .contrastive {
                throw .combination("\(kind.text) has no other classes to choose from")
            }
        }
        if objective.classCount != nil, sampling != nil {
            throw .combination(
                "the objective has a weight for each class, and with part of the classes some of them would be left out"
            )
        }
        switch kind {
        case .softmax, .oneVersusAll:
            break
        case .regression:
            guard case .constant(1) = scale else {
                throw .combination("squared errors compare cosines with 0 and 1; a scale has no place there")
            }
        case .oneClass:
            if subcenters != nil || sampling != nil || others != nil || regularizer != nil {
                throw .combination(
                    "one class has no other classes: no sub-centres, class sampling, η or regulariser of classes")
            }
        case .contrastive:
            if subcenters != nil || sampling != nil || regularizer != nil || classWeights != nil {
                throw .combination(
                    "a contrastive objective compares samples: no sub-centres, class sampling, weights or regulariser "
                        + "of classes")
            }
        }
    }
}

extension ObjectiveKind {
    fileprivate var text: String {
        switch self {
        case .softmax: "a softmax"
        case .oneVersusAll: "one question per class"
        case .regression: "squared errors"
        case .oneClass: "a one-class objective"
        case .contrastive: "a contrastive objective"
        }
    }
}
