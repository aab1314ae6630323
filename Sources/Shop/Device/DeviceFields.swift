extension FieldName {
    public static let maker = FieldName("maker", "Fabricant", "Maker")
    public static let model = FieldName("model", "Modèle", "Model")
    public static let serial = FieldName("serial", "Numéro de série", "Serial number")
    public static let label = FieldName("label", "Étiquette", "Label")
    public static let grade = FieldName("grade", "Catégorie", "Grade")
    public static let disk = FieldName("disk", "Disque", "Disk")
    public static let erasureMethod = FieldName("method", "Méthode", "Method")
    public static let erasureLevel = FieldName("level", "Niveau", "Level")
    public static let tool = FieldName("tool", "Outil", "Tool")
    public static let inspectionItem = FieldName("item", "Point de contrôle", "Inspection item")
    public static let reservation = FieldName("reservation", "Réservation", "Reservation")
    public static let hardwareFile = FieldName("file", "Fichier", "File")
}
