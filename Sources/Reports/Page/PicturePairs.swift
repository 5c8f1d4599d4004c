import Foundation

/// Pictures side by side, such as the pairs that a verifier finds hardest.
public struct PicturePairs: Sendable {
    public var caption: String
    public var pairs: [Pair]

    public init(caption: String, pairs: [Pair]) {
        self.caption = caption
        self.pairs = pairs
    }

    /// Two pictures and what is said of them.
    public struct Pair: Sendable {
        public var left: Picture
        public var right: Picture
        /// Such as the score, in a few words.
        public var label: String

        public init(_ left: Picture, _ right: Picture, label: String) {
            self.left = left
            self.right = right
            self.label = label
        }
    }

    /// A picture as a PNG file.
    public struct Picture: Sendable {
        public var png: [UInt8]
        public var width: Int
        public var height: Int
        /// What it shows, for those who cannot see it; it is also shown beneath.
        public var name: String

        public init(png: [UInt8], width: Int, height: Int, name: String) {
            self.png = png
            self.width = width
            self.height = height
            self.name = name
        }
    }

    var markup: Markup {
        let items = pairs.map { pair in
            Markup.element(
                "li", [:],
                [
                    .element("div", ["class": "two"], [pair.left.markup, pair.right.markup]),
                    .element("p", [:], [.element("strong", text: pair.label)]),
                    .element("p", ["class": "names"], [.text(pair.left.name), .element("br"), .text(pair.right.name)]),
                ])
        }
        return .element(
            "figure", ["class": "pairs"],
            [.element("figcaption", [:], [.element("strong", text: caption)]), .element("ol", [:], items)])
    }
}

extension PicturePairs.Picture {
    fileprivate var markup: Markup {
        .element(
            "img",
            [
                "src": "data:image/png;base64," + Data(png).base64EncodedString(), "alt": name,
                "width": "\(width)", "height": "\(height)",
            ])
    }
}
