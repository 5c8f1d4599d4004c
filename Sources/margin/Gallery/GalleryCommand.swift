import ArgumentParser

struct GalleryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gallery",
        abstract: "Make and keep a gallery of identities that pictures are sought in.",
        discussion: """
            A gallery is one file with the embeddings of people, made by one model. It is safe with several processes \
            at once, and what was reported as stored stays so whatever happens.

            EXAMPLES:
              margin gallery create faces.gallery --model runs/faces
              margin gallery add faces.gallery people/
              margin identify faces.gallery photo.jpg
              margin gallery list faces.gallery
              margin gallery remove faces.gallery ann
            """,
        subcommands: [
            GalleryCreate.self, GalleryAdd.self, GalleryList.self, GalleryRemove.self, GalleryMerge.self,
            GalleryExport.self, GalleryImport.self,
        ])
}
