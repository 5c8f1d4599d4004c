import Datasets
import Models
import Reports

extension PicturePairs.Picture {
    /// The longest side of a picture on a page.
    private static let longestSide = 80

    /// An item as the network sees it, small enough for a page.
    init(_ item: Item, in source: any ItemSource, _ transform: PictureTransform) throws {
        var image = try transform.framedImage(of: item, in: source)
        let longest = max(image.width, image.height)
        if longest > Self.longestSide {
            let scale = Double(Self.longestSide) / Double(longest)
            image = image.resized(
                width: max(1, Int((Double(image.width) * scale).rounded())),
                height: max(1, Int((Double(image.height) * scale).rounded())))
        }
        self.init(png: try image.pngData(), width: image.width, height: image.height, name: item.path)
    }
}
