from django.urls import path

from . import views

app_name = "home"

urlpatterns = [
    path("brand.css", views.brand_css, name="brand_css"),
    path("style/", views.StyleView.as_view(), name="style"),
]
