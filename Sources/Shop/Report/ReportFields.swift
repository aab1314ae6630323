extension FieldName {
    public static let figure = FieldName("figure", "Chiffre", "Figure")
    public static let axis = FieldName("by", "Axe", "Axis")
}
