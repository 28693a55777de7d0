from django.urls import path

from reports.tables.views import tables

urlpatterns = [
    path("forms/matrix/", tables.matrix, name="matrix"),
    path("forms/tables/<int:number>/", tables.table_detail, name="table_detail"),
    path("forms/tables/<int:number>/excel/", tables.table_excel, name="table_excel"),
    path("forms/tables/<int:number>/pdf/", tables.table_pdf, name="table_pdf"),
    path("forms/tables/<int:number>/docx/", tables.table_docx, name="table_docx"),
    path("forms/tables/<int:number>/blank/<slug:ending>/", tables.blank_table, name="blank_table"),
    path("forms/lists/<int:number>/", tables.person_table, name="person_table"),
    path("forms/lists/<int:number>/excel/", tables.person_table_excel, name="person_table_excel"),
    path("forms/lists/<int:number>/pdf/", tables.person_table_pdf, name="person_table_pdf"),
    path("forms/lists/<int:number>/docx/", tables.person_table_docx, name="person_table_docx"),
]
